"""What the check of an attempt may call. It runs in the reader's browser too, before the check."""


def compare(at, found, right):  # type: ignore[no-untyped-def] # noqa: ANN001, ANN201
    """Demand that what was found at a point is right; it may be a number that a tape records."""
    found = getattr(found, "value", found)
    is_number = isinstance(found, int | float)
    is_right = is_number and abs(found - right) <= 1e-6 * max(1, abs(right))
    shown = f"{found:g}" if is_number else found
    assert is_right, f"x = {at:g}일 때 맞는 값은 {right:g}인데 나온 값은 {shown}입니다."  # noqa: S101
