"""The laboratory of gradients: a formula, its graph, and gradients that flow back through it.

    ```{laboratory} x*y + sin(x)
    :at: x=2 y=3
    ```
"""
