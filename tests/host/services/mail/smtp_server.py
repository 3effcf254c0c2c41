# A mail server of aiosmtpd for tests: python3 smtp_server.py FOLDER SETTINGS
#
# Prints its port, then keeps every message it takes as FOLDER/N.eml, the bytes as they came, and FOLDER/N.json, its
# envelope; FOLDER/log has a line for each connection, login and refusal. SETTINGS is a JSON object:
#
#   tls        "starttls", "at_once", or absent: none
#   cert, key  files
#   user, password      a login is required
#   refuse     {ADDRESS: "550 5.1.1 …"} at RCPT
#   sender     "451 …" at MAIL;  login "454 …" at AUTH;  content "552 …" after DATA
#   greeting   "421 …" instead of a greeting, then the line is cut
#   after      "drop" or "hang": what happens once a message has come
#   quit       "hang"
#   size       the largest message
import asyncio
import json
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Server(SMTP):
    async def smtp_QUIT(self, argument):
        if settings.get("quit") == "hang":
            await asyncio.sleep(600)
        note("quit")
        await super().smtp_QUIT(argument)


class Handler:
    count = 0

    async def handle_MAIL(self, server, session, envelope, address, options):
        if "sender" in settings:
            return settings["sender"]
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        answer = settings.get("refuse", {}).get(address)
        if answer:
            note("refused " + address)
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if settings.get("after") == "drop":
            server.transport.abort()
            await asyncio.sleep(600)
        if settings.get("after") == "hang":
            note("content")
            await asyncio.sleep(600)
        if "content" in settings:
            return settings["content"]
        Handler.count += 1
        name = os.path.join(folder, str(Handler.count))
        with open(name + ".eml", "wb") as file:
            file.write(envelope.original_content)
        with open(name + ".json", "w") as file:
            json.dump({"from": envelope.mail_from, "to": envelope.rcpt_tos, "hello": session.host_name,
                       "tls": server.transport.get_extra_info("cipher") is not None,
                       "login": bool(session.authenticated)}, file)
        return "250 2.0.0 taken"


def authenticate(server, session, envelope, mechanism, data):
    note("login " + mechanism)
    if "login" in settings:
        return AuthResult(success=False, handled=False, message=settings["login"])
    good = data.login.decode() == settings["user"] and data.password.decode() == settings["password"]
    if good:
        return AuthResult(success=True)
    said = settings.get("bad_login", "535 5.7.8 Error: authentication failed")
    return AuthResult(success=False, handled=False, message=said.replace("PASSWORD", data.password.decode()))


def note(line):
    with open(os.path.join(folder, "log"), "a") as file:
        file.write(line + "\n")


def make():
    note("connection")
    if "greeting" in settings:
        return Turned()
    return Server(Handler(), hostname="mail.example.org", ident="Test",
                  tls_context=context if settings.get("tls") == "starttls" else None,
                  require_starttls=settings.get("tls") == "starttls",
                  authenticator=authenticate, auth_required="user" in settings,
                  auth_require_tls=settings.get("tls") == "starttls",
                  data_size_limit=settings.get("size", 33554432))


class Turned(asyncio.Protocol):
    def connection_made(self, transport):
        transport.write(settings["greeting"].encode() + b"\r\n")
        transport.close()


async def main():
    at_once = context if settings.get("tls") == "at_once" else None
    server = await asyncio.get_running_loop().create_server(make, "127.0.0.1", 0, ssl=at_once)
    print("PORT", server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


folder = sys.argv[1]
settings = json.loads(sys.argv[2])
context = None
if "cert" in settings:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(settings["cert"], settings["key"])
asyncio.run(main())
