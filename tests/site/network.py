"""Watches what a page asks of the network and of the reader's time."""

BYTES, REQUESTS = 150_000, 12  # what the first view of a page may cost


def first_view_problems(browser, address, inside, most=BYTES):
    """Open a page as a new reader does, and tell what is wrong with its first view."""
    profile = browser.new_context()
    problems = view(profile.new_page(), address, inside, most)
    profile.close()
    return problems


def view(tab, address, inside, most=BYTES):
    """Tell what a page asks of other sites, what breaks while it loads, and what is too much.

    `most` is how many bytes the first view may cost.
    """
    problems, sizes = [], []

    def note_request(request):
        if not request.url.startswith((inside, "data:", "blob:")):
            problems.append(f"asks {request.url}")

    def note_message(message):
        if message.type == "error" and f"asks {message.location['url']}" not in problems:
            problems.append(f"console: {message.text} {message.location['url']}")

    tab.on("request", note_request)
    tab.on("response", lambda answer: sizes.append(int(answer.headers.get("content-length", 0))))
    tab.on("console", note_message)
    tab.on("pageerror", lambda error: problems.append(f"script: {error}"))
    tab.goto(address, wait_until="networkidle")
    if sum(sizes) > most:
        problems.append(f"{sum(sizes)} bytes")
    if len(sizes) > REQUESTS:
        problems.append(f"{len(sizes)} requests")
    return problems
