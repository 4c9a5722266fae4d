"""One worker without its broker, for the bench: it does what is due whenever it is told to, and says so."""

import sys

import django


def main() -> None:
    django.setup()
    from reintegration.documents.papers import render_pdf
    from reintegration.jobs.worker import drain

    # What a process does once, before its first paper.
    render_pdf("documents/papers/sample.html", {"boxes": []}, title="Wzór pisma")
    print("ready", flush=True)  # noqa: T201 - the bench reads it
    for _ in sys.stdin:
        print(drain(), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
