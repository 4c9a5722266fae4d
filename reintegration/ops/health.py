"""Health checks of the containers: `python -m reintegration.ops.health web` or `jobs`.

Asked from outside, /zdrowie/ stands behind the proxy that ends TLS; here we speak as that proxy does.
"""

import http.client
import os
import sys

from reintegration.ops.process import say

PATHS = {"web": "/zdrowie/", "jobs": "/zdrowie/?czesc=praca"}


def status(path: str) -> int:
    host, _, port = os.environ.get("WEB_ADDRESS", "127.0.0.1:8000").rpartition(":")
    name = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip()
    connection = http.client.HTTPConnection(host, int(port), timeout=10)
    try:
        connection.request("GET", path, headers={"Host": name, "X-Forwarded-Proto": "https"})
        return connection.getresponse().status
    finally:
        connection.close()


def main() -> int:
    try:
        answer = status(PATHS[sys.argv[1]])
    except (OSError, http.client.HTTPException) as error:
        say(f"No answer: {error}")
        return 1
    say(f"{sys.argv[1]}: {answer}")
    return 0 if answer == http.HTTPStatus.OK else 1


if __name__ == "__main__":
    sys.exit(main())
