# Checks a signature as a receiver does: SECRET ID TIMESTAMP SIGNATURE, the body on standard input. Says "good" or
# "bad".
import base64
import hmac
import sys

secret, webhook_id, timestamp, signature = sys.argv[1:5]
raw_body = sys.stdin.buffer.read()
key = base64.b64decode(secret[6:]) if secret.startswith("whsec_") else secret.encode()
text = b".".join([webhook_id.encode(), timestamp.encode(), raw_body])
mine = "v1," + base64.b64encode(hmac.new(key, text, "sha256").digest()).decode()
print("good" if hmac.compare_digest(mine, signature) else "bad")
