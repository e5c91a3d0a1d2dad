#!/usr/bin/env python3
"""Webhooks between Pécule and `standardwebhooks`: ours are sent to a server here and verified by it; its are verified
by us; and both refuse what is not as it was signed."""

import http.server
import json
import subprocess
import threading
from datetime import datetime, timedelta, timezone

from outside import TIMEOUT, program

from standardwebhooks.webhooks import Webhook, WebhookVerificationError


def tool(*arguments, **options):
    output = subprocess.run(
        [program("PeculeWebhookTool"), *arguments], check=True, text=True, capture_output=True, timeout=2 * TIMEOUT,
        **options).stdout
    return json.loads(output)


class Receiver(http.server.BaseHTTPRequestHandler):
    """Keeps what comes."""

    came = []

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Receiver.came.append((self.path, dict(self.headers), body))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *arguments):
        pass


def ours():
    server = http.server.HTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    told = tool("send", f"http://127.0.0.1:{server.server_port}/hooks?a=b")
    server.shutdown()
    assert told["outcome"] == "delivered", told
    [(path, headers, body)] = Receiver.came
    assert path == "/hooks?a=b" and headers["webhook-id"] == told["event"]
    for secret in (told["old"], told["new"]):
        event = Webhook(secret).verify(body, headers)
        assert event["type"] == "webhook.test" and event["timestamp"].endswith("Z"), event
    for damage in (
        {"body": body + b" "},
        {"headers": headers | {"webhook-id": "msg_other"}},
        {"headers": headers | {"webhook-timestamp": str(int(headers["webhook-timestamp"]) + 1)}},
        {"secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"},
    ):
        try:
            Webhook(damage.get("secret", told["new"])).verify(
                damage.get("body", body), damage.get("headers", headers))
        except WebhookVerificationError:
            continue
        raise AssertionError(f"standardwebhooks takes {damage}")
    return told["new"]


def theirs(secret):
    body = '{"type":"transfer.changed","data":{"name":"é𝄞"}}'
    other = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    rows = [
        # Who signs, how many seconds ago, the body that arrives, and what we say.
        (secret, 0, body, None),
        (secret, 280, body, None),
        (secret, -280, body, None),
        (secret, 320, body, "more than five minutes ago"),
        (secret, -320, body, "more than five minutes ahead"),
        (secret, 0, body + " ", "no signature fits"),
        (other, 0, body, "no signature fits"),
    ]
    for signer, age, arrived, complaint in rows:
        at = datetime.now(timezone.utc) - timedelta(seconds=age)
        webhook = {
            "id": "msg_1", "timestamp": str(int(at.timestamp())),
            "signature": "v1a,AAAA " + Webhook(signer).sign("msg_1", at, body), "body": arrived,
        }
        said = tool("verify", secret, input=json.dumps(webhook))
        assert said == {"id": "msg_1"} if complaint is None else complaint in said["refused"], (age, said)
    return len(rows)


def main():
    count = theirs(ours())
    print(f"webhooks: ours verified by standardwebhooks with two secrets, its verified by us, {count} rows")


if __name__ == "__main__":
    main()
