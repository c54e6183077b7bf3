// Runs Python in a worker: the end of python.worker.js, after Brython and what Python may import.

{
  const brython = globalThis.__BRYTHON__;
  // What is not in this file is nowhere: as for pages opened from a disk, no server is asked.
  brython.protocol = "file";
  brython.runPythonSource(globalThis.runner, "runner"); // run.py
  const run = brython.pyobj2jsobj(brython.module_getattr(brython.imported.runner, "run"));
  addEventListener("message", ({ data: { source, name, fresh } }) => run(source, name, fresh));
}
