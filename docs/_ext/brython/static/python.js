// Python in the page: loadPython() fetches the interpreter, which then runs Python in a worker.
//
//   const python = await loadPython();
//   const { output, error } = await python.run(source, { name, fresh, onOutput, limit });
//   python.stop();
//
// Names last from one run to the next, but with `fresh`. An `error` has the `type`, the `message`
// and the `trace` that Python prints, and the `name` of the source and the `line` where it was
// raised. Its type is "Stopped" where stop() was called or the `limit`, in milliseconds, passed,
// and "Flooded" where more was printed than anybody reads.

{
  const address = new URL("python.worker.js", document.currentScript.src).href;
  const MOST = 50_000; // characters
  const runs = []; // the first is running, the others wait in the worker
  let fetched;
  let program; // the worker's, as an address that works from a disk as well
  let worker;

  const fetchProgram = () =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = () => reject(new Error(`not loaded: ${address}`));
      document.head.append(script);
    });

  /** End the run that is first, with an error or without. */
  const finish = (error = null) => {
    const { output, resolve, timer } = runs.shift();
    clearTimeout(timer);
    resolve({ output, error });
  };

  const end = (type) => {
    worker?.terminate();
    worker = undefined;
    while (runs.length) finish({ type, message: "", name: "", line: 0, trace: "" });
  };
  const stop = () => end("Stopped");

  const listen = ({ data }) => {
    const [run] = runs;
    if (data.started && run.limit) run.timer = setTimeout(stop, run.limit);
    if (data.output) {
      run.output += data.output;
      run.onOutput?.(data.output);
      if (run.output.length > MOST) return end("Flooded");
    }
    if (data.finished) finish(data.error);
  };

  const start = () => {
    worker = new Worker(program);
    worker.onmessage = listen;
    worker.onerror = stop;
  };

  const run = (source, { name = "Python", fresh = false, onOutput, limit } = {}) =>
    new Promise((resolve) => {
      if (!worker) start();
      runs.push({ output: "", onOutput, limit, resolve });
      worker.postMessage({ source, name, fresh });
    });

  globalThis.loadPython = async () => {
    fetched ??= fetchProgram();
    try {
      await fetched;
    } catch (error) {
      fetched = undefined; // which may be tried again
      throw error;
    }
    program ??= URL.createObjectURL(
      new Blob([globalThis.pythonWorker], { type: "text/javascript" }),
    );
    return { run, stop };
  };
}
