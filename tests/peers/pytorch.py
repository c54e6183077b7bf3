"""PyTorch's part of the page on frameworks; each part runs after those above it."""

# %% value
import torch

x = torch.tensor(3.0, requires_grad=True)
y = x * x
y.backward()
print(y.item(), x.grad.item())

# %% value-twice
y = x * x
slopes = [torch.autograd.grad(y, x, retain_graph=kept)[0].item() for kept in [True, False]]
print(slopes)
try:
    torch.autograd.grad(y, x)
except RuntimeError as problem:
    print(problem)

# %% arguments
x = torch.tensor(3.0, requires_grad=True)
y = torch.tensor(2.0, requires_grad=True)
slopes = torch.autograd.grad(x * x * y, [x, y])
print([slope.item() for slope in slopes])

# %% higher
x = torch.tensor(3.0, requires_grad=True)
[first] = torch.autograd.grad(x * x, x, create_graph=True)
[second] = torch.autograd.grad(first, x, create_graph=True)
print(first.item(), second.item())
try:
    torch.autograd.grad(second, x)
except RuntimeError as problem:
    print(problem)
third = torch.func.grad(torch.func.grad(torch.func.grad(lambda x: x * x)))
print(third(torch.tensor(3.0)).item())

# %% higher-unused
x, unused = torch.tensor(3.0, requires_grad=True), torch.tensor(2.0, requires_grad=True)
try:
    torch.autograd.grad(x * x, [x, unused])
except RuntimeError as problem:
    print(problem)
print(torch.autograd.grad(x * x, [x, unused], allow_unused=True)[1])
print(torch.autograd.grad(x * x, [x, unused], materialize_grads=True)[1].item())

# %% variable
v = torch.nn.Parameter(torch.tensor(2.0))
y = (7 - v * v) ** 2
y.backward()
with torch.no_grad():
    v -= 0.01 * v.grad
print(v.grad.item(), f"{v.item():.2f}")

# %% variable-adds
x = torch.tensor(3.0, requires_grad=True)
for _ in range(2):
    y = x * x
    y.backward()
    print(x.grad.item())

# %% variable-no-grad
try:
    v -= 0.01 * v.grad
except RuntimeError as problem:
    print(problem)

# %% stop
x = torch.tensor(3.0, requires_grad=True)
y = x * x.detach()
y.backward()
print(y.item(), x.grad.item())


# %% loop
def wander(x):
    for _ in range(3):
        x = x / 2 if x > 4 else x * x
    return x


x = torch.tensor(1.5, requires_grad=True)
y = wander(x)
y.backward()
print(y.item(), x.grad.item())


# %% examples
def error(w, x, y):
    return (w * x - y) ** 2


w = torch.tensor(2.0)
inputs, outputs = torch.tensor([1.0, 2.0, 3.0]), torch.tensor([2.0, 3.0, 7.0])
slopes = torch.func.vmap(torch.func.grad(error), in_dims=(None, 0, 0))(w, inputs, outputs)
print(slopes.tolist(), slopes.sum().item())


# %% examples-if
try:
    torch.func.vmap(wander)(torch.tensor([1.5, 5.0]))
except RuntimeError as problem:
    print(problem)


# %% hessian
def f(x):
    return x[0] ** 2 * x[1]


x, v = torch.tensor([2.0, 3.0]), torch.tensor([1.0, 2.0])
_, product = torch.func.jvp(torch.func.grad(f), (x,), (v,))
print(torch.func.jacfwd(torch.func.grad(f))(x).tolist(), product.tolist())

# %% hessian-once
print(torch.func.hessian(f)(x).tolist())


# %% custom
class Straight(torch.autograd.Function):
    generate_vmap_rule = True

    @staticmethod
    def forward(x):
        return torch.round(x)

    @staticmethod
    def setup_context(ctx, inputs, output):
        pass

    @staticmethod
    def backward(ctx, dy):
        return dy


x = torch.tensor(2.6, requires_grad=True)
y = Straight.apply(x)
y.backward()
print(y.item(), x.grad.item())

# %% custom-func
slope = torch.func.grad(Straight.apply)
print(torch.func.grad(torch.round)(torch.tensor(2.6)).item(), slope(torch.tensor(2.6)).item())
print(torch.func.vmap(slope)(torch.tensor([2.6, 1.2])).tolist())

# %% compile
graphs = []


def keep(graph, inputs):
    graphs.append(graph)
    return graph.forward


cube = torch.compile(lambda x: x * x * x, backend=keep)
xs = [torch.tensor(at, requires_grad=True) for at in [2.0, 3.0]]
slopes = [torch.autograd.grad(cube(x), x)[0].item() for x in xs]
print(slopes, len(graphs))

# %% compile-prints
graphs.clear()


@torch.compile(backend=keep)
def double(x):
    print("더하기", end=" ")
    return x + x


print(double(torch.tensor(2.0)).item(), double(torch.tensor(3.0)).item(), len(graphs))

# %% compile-if
graphs.clear()
compiled = torch.compile(lambda x: x / 2 if x > 4 else x * x, backend=keep)
for at in [1.5, 5.0]:
    print(compiled(torch.tensor(at)).item(), len(graphs))

# %% compile-if-cond
graphs.clear()
half, square = (lambda x: x / 2), (lambda x: x * x)
compiled = torch.compile(lambda x: torch.cond(x > 4, half, square, (x,)), backend=keep)
for at in [1.5, 5.0]:
    print(compiled(torch.tensor(at)).item(), len(graphs))


# %% compile-for
def eighth_power(x):
    for _ in range(3):
        x = x * x
    return x


graphs.clear()
x = torch.tensor(1.5, requires_grad=True)
y = torch.compile(eighth_power, backend=keep)(x)
y.backward()
products = [node for node in graphs[0].graph.nodes if node.op == "call_function"]
print(y.item(), x.grad.item(), len(products))

# %% regression
inputs, outputs = torch.tensor([-1.0, 1.0]), torch.tensor([-1.0, 5.0])
w, b = (torch.nn.Parameter(torch.tensor(at)) for at in [5.0, 10.0])
optimizer = torch.optim.SGD([w, b], lr=0.01)
for _ in range(200):
    optimizer.zero_grad()
    loss = torch.mean((inputs * w + b - outputs) ** 2)
    loss.backward()
    optimizer.step()
print(f"{w.item():.4f} {b.item():.4f}")


# %% words
def show(x):
    print(type(x).__name__)
    return x * x


x = torch.tensor(3.0, requires_grad=True)
y = show(x)
print(x.is_leaf, y.is_leaf, y.dtype, type(y.grad_fn).__name__)
torch.fx.symbolic_trace(show)

# %% words-random
torch.manual_seed(1)
first, second = torch.rand(2), torch.rand(2)
torch.manual_seed(1)
print(first.equal(second), first.equal(torch.rand(2)))
