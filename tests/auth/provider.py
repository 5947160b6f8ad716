#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An OpenID provider on this computer that signs everybody in at once, and that can be wrong in every
way: the first part of its issuer's path names the fault, as in http://127.0.0.1:8080/alg-none. Prints
the address to which a fault is to be appended; ends when its standard input does."""

import asyncio
import base64
import hashlib
import hmac
import json
import sys
import time
import urllib.parse

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

CLIENT_ID = "roster-tests"
CLIENT_SECRET = "s3cr:et/+&="
MAX_BODY_BYTES = 64 * 1024
HUGE_BYTES = 10 * 1024 * 1024
DEEP = 100_000
DRIP_S = 0.2

GOOD = {
    "sub": "109876543210", "email": "Alice@Example.org", "email_verified": True,
    "name": "Alice Johnson", "picture": "https://pictures.example.org/alice.png",
}  # fmt: skip

# What the id token says instead; None: it does not say that.
CLAIMS = {
    "iss-wrong": {"iss": "https://accounts.example.com"},
    "iss-google": {"iss": "accounts.google.com"},
    "iss-missing": {"iss": None},
    "aud-wrong": {"aud": "somebody-else"},
    "aud-list": {"aud": [CLIENT_ID]},
    "aud-several": {"aud": [CLIENT_ID, "somebody-else"], "azp": CLIENT_ID},
    "aud-empty": {"aud": []},
    "aud-missing": {"aud": None},
    "azp-right": {"azp": CLIENT_ID},
    "azp-wrong": {"azp": "somebody-else"},
    "azp-number": {"azp": 1},
    "exp-past": {"exp": -3600},
    "exp-missing": {"exp": None},
    "exp-text": {"exp": "tomorrow"},
    "iat-future": {"iat": 3600},
    "iat-old": {"iat": -86400},
    "iat-missing": {"iat": None},
    "nbf-future": {"nbf": 3600},
    "nonce-wrong": {"nonce": "another"},
    "nonce-missing": {"nonce": None},
    "at-hash-wrong": {"at_hash": "AAAAAAAAAAAAAAAAAAAAAA"},
    "at-hash-number": {"at_hash": 5},
    "at-hash-missing": {"at_hash": None},
    "sub-missing": {"sub": None},
    "sub-number": {"sub": 5},
    "sub-long": {"sub": "1" * 256},
    "email-unverified": {"email_verified": False},
    "email-verified-text": {"email_verified": "true"},
    "email-verified-missing": {"email_verified": None},
    "email-none": {"email": "nobody"},
    "email-missing": {"email": None},
    "name-hostile": {"name": "\u202eecilA\u0007\n\u2066Johnson\u200b" + "x" * 1000},
    "name-nothing": {"name": "\u200f\u202e"},
    "name-number": {"name": 5},
    "picture-file": {"picture": "file:///etc/passwd"},
    "picture-http": {"picture": "http://127.0.0.1/alice.png"},
    "picture-script": {"picture": "javascript:alert(1)"},
}
ANSWERS = {
    "denied": {"error": "access_denied"},
    "provider-error": {"error": "invalid_scope", "error_description": "<b>no</b>"},
    "provider-trouble": {"error": "temporarily_unavailable"},
    "response-iss-wrong": {"iss": "https://accounts.example.com"},
}


def encode(data):
    if not isinstance(data, bytes):
        data = json.dumps(data).encode()
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def number(value):
    return encode(value.to_bytes((value.bit_length() + 7) // 8, "big"))


class Response:
    def __init__(self, body=b"", status=200, **fields):
        self.body = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.status = status
        self.fields = {"Content-Type": "application/json"} | {
            name.replace("_", "-"): value for name, value in fields.items()
        }


def break_response(kind, response):
    """The ways in which any endpoint can be wrong."""
    if kind == "500":
        return Response({"error": "server_error"}, 500)
    if kind == "404":
        return Response({}, 404)
    if kind == "html":
        return Response(b"<html>Sign in to this network</html>", Content_Type="text/html")
    if kind == "html-as-json":
        return Response(b"<html>Sign in to this network</html>")
    if kind == "empty":
        return Response()
    if kind == "list":
        return Response([1, 2])
    if kind == "huge":
        return Response(response.body[:-1] + b" " * HUGE_BYTES + response.body[-1:])
    if kind == "deep":
        return Response(b'{"a":' + b"[" * DEEP + b"]" * DEEP + b"}")
    if kind == "twice":
        return Response(response.body[:-1] + b"," + response.body[1:])
    if kind == "nul":
        return Response(response.body[:-1] + b',"more":"\\u0000"}')
    if kind == "redirect":
        return Response(b"", 302, Location="/good/.well-known/openid-configuration")
    if kind == "keep-method":
        return Response(b"", 307, Location="/good/token")
    if kind == "gzip":
        return Response(response.body, Content_Encoding="gzip")
    return response


class Provider:
    def __init__(self):
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.strange_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.questions = {}
        self.used_codes = set()
        self.refresh_tokens = set()
        self.n_requests = {}
        self.origin = None

    async def start(self, port=0):
        server = await asyncio.start_server(self.serve, "127.0.0.1", port)
        self.origin = "http://127.0.0.1:%d" % server.sockets[0].getsockname()[1]
        return server

    # HTTP

    async def serve(self, reader, writer):
        try:
            while await self.serve_one(reader, writer):
                pass
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.close()

    async def serve_one(self, reader, writer):
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        line, *lines = head.rstrip().split("\r\n")
        fields = {name.lower(): value.strip() for name, value in (l.split(":", 1) for l in lines)}
        n_bytes = min(int(fields.get("content-length", 0)), MAX_BODY_BYTES)
        body = (await reader.readexactly(n_bytes)).decode()
        method, target, _ = line.split(" ")
        target = urllib.parse.urlsplit(target)
        fault, _, endpoint = target.path[1:].partition("/")
        endpoint = endpoint.removeprefix(".well-known/")
        form = dict(urllib.parse.parse_qsl(body, keep_blank_values=True))
        query = dict(urllib.parse.parse_qsl(target.query))
        counted = self.n_requests.setdefault(fault, {})
        counted[endpoint] = counted.get(endpoint, 0) + 1
        respond = {
            "openid-configuration": self.discovery, "authorize": self.authorize,
            "token": self.token, "keys": self.keys, "userinfo": self.userinfo,
            "revoke": self.revoke, "count": self.count, "picture": self.picture,
        }.get(endpoint)  # fmt: skip
        response = respond(fault, query | form, fields) if respond else Response({}, 404)
        kind = ""
        name = {"openid-configuration": "discovery"}.get(endpoint, endpoint)
        if fault.startswith(name + "-"):
            kind = fault[len(name) + 1 :]
            response = break_response(kind, response)
        return await self.send(writer, kind, response)

    async def send(self, writer, kind, response):
        fields = response.fields | {"Content-Length": str(len(response.body))}
        head = f"HTTP/1.1 {response.status} Status\r\n" + "".join(
            f"{name}: {value}\r\n" for name, value in fields.items()
        )
        if kind == "silence":
            await asyncio.sleep(3600)
        if kind == "headers":
            while True:
                writer.write(head.encode() + b"X-More: " + b"x" * 65536 + b"\r\n")
                await writer.drain()
        if kind == "truncated":
            writer.write(head.encode() + b"\r\n" + response.body[:-1])
            await writer.drain()
            return False
        writer.write(head.encode() + b"\r\n")
        if kind == "drip":
            for byte in response.body:
                writer.write(bytes([byte]))
                await writer.drain()
                await asyncio.sleep(DRIP_S)
        writer.write(response.body)
        await writer.drain()
        return True

    # The endpoints

    def discovery(self, fault, parameters, fields):
        issuer = f"{self.origin}/{fault}"
        metadata = {
            "issuer": issuer, "authorization_endpoint": issuer + "/authorize?a=b",
            "token_endpoint": issuer + "/token", "jwks_uri": issuer + "/keys",
            "userinfo_endpoint": issuer + "/userinfo", "revocation_endpoint": issuer + "/revoke",
            "response_types_supported": ["code"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
            "code_challenge_methods_supported": ["S256"],
            "authorization_response_iss_parameter_supported": True,
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        }  # fmt: skip
        metadata |= {
            "metadata-issuer-wrong": {"issuer": issuer + "/"},
            "metadata-plain-http": {"token_endpoint": "http://192.0.2.1/token"},
            "metadata-no-s256": {"code_challenge_methods_supported": ["plain"]},
            "metadata-no-rs256": {"id_token_signing_alg_values_supported": ["HS256"]},
            "metadata-no-code": {"response_types_supported": ["token"]},
            "metadata-text": {"response_types_supported": "code"},
            "metadata-no-token-endpoint": {"token_endpoint": None},
            "response-iss-missing-allowed": {
                "authorization_response_iss_parameter_supported": False},
            "secret-in-form": {"token_endpoint_auth_methods_supported": ["client_secret_post"]},
            "no-revocation": {"revocation_endpoint": None},
        }.get(fault, {})  # fmt: skip
        cache = "no-store" if fault == "never-cached" else "public, max-age=3600"
        return Response(metadata, Cache_Control=cache)

    def authorize(self, fault, parameters, fields):
        """Where a person would be asked."""
        wanted = {"response_type": "code", "client_id": CLIENT_ID, "access_type": "offline",
                  "scope": "openid email profile", "code_challenge_method": "S256", "a": "b"}  # fmt: skip
        if any(parameters.get(name) != value for name, value in wanted.items()):
            return Response({"error": "invalid_request"}, 400)
        code = encode(hashlib.sha256(repr(time.monotonic_ns()).encode()).digest())
        self.questions[code] = parameters
        answer = {"code": code, "state": parameters["state"], "iss": f"{self.origin}/{fault}"}
        if fault in ANSWERS:
            answer |= ANSWERS[fault]
        if "error" in answer:
            del answer["code"]
        if fault.startswith("response-iss-missing"):
            del answer["iss"]
        if fault == "state-wrong":
            answer["state"] = "another"
        if fault == "state-missing":
            del answer["state"]
        location = parameters["redirect_uri"] + "?" + urllib.parse.urlencode(answer)
        return Response(b"", 302, Location=location)

    def is_client(self, form, fields):
        basic = fields.get("authorization", "").removeprefix("Basic ")
        if basic:
            pair = base64.b64decode(basic).decode().split(":")
            given = [urllib.parse.unquote_plus(part) for part in pair]
        else:
            given = [form.get("client_id"), form.get("client_secret")]
        return given == [CLIENT_ID, CLIENT_SECRET]

    def token(self, fault, form, fields):
        if not self.is_client(form, fields):
            return Response({"error": "invalid_client"}, 401)
        if form.get("grant_type") == "refresh_token":
            if form.get("refresh_token") not in self.refresh_tokens or fault == "refresh-dead":
                return Response({"error": "invalid_grant"}, 400)
            return Response({"access_token": "access-again", "token_type": "Bearer",
                             "expires_in": 3600})  # fmt: skip
        code = form.get("code")
        question = self.questions.get(code)
        challenge = encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        if (
            not question or code in self.used_codes or fault == "code-replayed"
            or challenge != question["code_challenge"]
            or form.get("redirect_uri") != question["redirect_uri"]
        ):  # fmt: skip
            return Response({"error": "invalid_grant"}, 400)
        self.used_codes.add(code)
        access_token = "access-" + code
        self.refresh_tokens.add("refresh-" + code)
        answer = {
            "access_token": access_token, "refresh_token": "refresh-" + code,
            "token_type": "Bearer", "expires_in": 3599, "scope": "openid email profile",
            "id_token": self.id_token(fault, question, access_token),
        }  # fmt: skip
        answer |= {
            "tokens-mac": {"token_type": "mac"},
            "tokens-no-id-token": {"id_token": None},
            "tokens-no-access-token": {"access_token": None},
            "tokens-line-break": {"access_token": "a\r\nX-Evil: b"},
            "tokens-number": {"refresh_token": 5},
            "tokens-for-ever": {"expires_in": 1e300},
            "tokens-not-jws": {"id_token": "nonsense"},
            "tokens-two-parts": {"id_token": "a.b"},
            "no-refresh-token": {"refresh_token": None},
        }.get(fault, {})
        return Response(answer, Cache_Control="no-store")

    def id_token(self, fault, question, access_token):
        now = int(time.time())
        half = hashlib.sha256(access_token.encode()).digest()[:16]
        claims = {
            "iss": f"{self.origin}/{fault}", "aud": CLIENT_ID, "exp": now + 3600, "iat": now,
            "nonce": question["nonce"], "at_hash": encode(half), **GOOD,
        }  # fmt: skip
        if fault.startswith("userinfo"):
            for name in ("email", "email_verified", "name", "picture"):
                del claims[name]
        for name, value in CLAIMS.get(fault, {}).items():
            if name in ("exp", "iat", "nbf") and isinstance(value, int):
                value += now
            claims[name] = value
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": "RS256", "typ": "JWT", "kid": "first"}
        header |= {
            "alg-none": {"alg": "none"}, "alg-hs256": {"alg": "HS256"}, "alg-lower": {"alg": "rs256"},
            "alg-rs512": {"alg": "RS512"}, "kid-unknown": {"kid": "nobody"},
            "crit": {"crit": ["exp"]}, "kid-number": {"kid": 1},
        }.get(fault, {})  # fmt: skip
        if fault == "kid-missing":
            del header["kid"]
        if fault == "kid-rotated" and self.n_requests[fault]["token"] > 1:
            header["kid"] = "second"
        text = f"{encode(header)}.{encode(claims)}"
        if fault == "alg-none":
            return text + "."
        if fault == "alg-hs256":
            return text + "." + encode(hmac.digest(CLIENT_SECRET.encode(), text.encode(), "sha256"))
        key = self.strange_key if fault == "signature-strange" else self.key
        digest = hashes.SHA512() if fault == "signature-sha512" else hashes.SHA256()
        signature = key.sign(text.encode(), padding.PKCS1v15(), digest)
        if fault == "signature-short":
            signature = signature[:-1]
        if fault == "signature-empty":
            signature = b""
        if fault == "signature-padded":
            return f"{text}.{encode(signature)}=="
        if fault == "claims-changed":
            text = f"{encode(header)}.{encode(claims | {'sub': '1'})}"
        return f"{text}.{encode(signature)}"

    def keys(self, fault, parameters, fields):
        public = self.key.public_key().public_numbers()
        key = {"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "first",
               "n": number(public.n), "e": number(public.e)}  # fmt: skip
        keys = [
            {"kty": "EC", "crv": "P-256", "kid": "first", "x": "AA", "y": "AA"},
            {"kty": "oct", "kid": "first", "k": encode(CLIENT_SECRET.encode())},
            5, {"kty": "RSA", "kid": "first", "n": "!", "e": "AQAB"}, key,
        ]  # fmt: skip
        if fault == "kid-rotated" and self.n_requests[fault]["keys"] > 1:
            keys.append(key | {"kid": "second"})
        keys = {
            "keys-none": [], "keys-encrypting": [key | {"use": "enc"}],
            "keys-short": [key | {"n": "AQAB"}], "keys-exponent-one": [key | {"e": "AQ"}],
            "keys-long": [key | {"n": "gA" + "A" * 4000 + "AQ"}],
            "keys-same-id": [key, key], "keys-many": [key] * 100, "kid-missing": [key],
        }.get(fault, keys)  # fmt: skip
        return Response({"keys": keys}, Cache_Control="public, max-age=3600")

    def userinfo(self, fault, parameters, fields):
        if not fields.get("authorization", "").startswith("Bearer access-"):
            return Response({"error": "invalid_token"}, 401)
        said = GOOD | {
            "userinfo-other-sub": {"sub": "1"}, "userinfo-no-sub": {"sub": None},
            "userinfo-unverified": {"email_verified": False},
        }.get(fault, {})  # fmt: skip
        return Response(said)

    def revoke(self, fault, form, fields):
        if not self.is_client(form, fields):
            return Response({"error": "invalid_client"}, 401)
        if form.get("token") not in self.refresh_tokens:
            return Response({"error": "invalid_token"}, 400)
        self.refresh_tokens.remove(form["token"])
        return Response(b"", Content_Type="text/plain")

    def picture(self, fault, parameters, fields):
        if fault == "picture-svg":
            return Response(b"<svg xmlns='http://www.w3.org/2000/svg'/>", Content_Type="image/png")
        side = 65535 if fault == "picture-bomb" else 96
        png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + side.to_bytes(4, "big") * 2 + b"\x08\x06\0\0\0"
        return Response(png, Content_Type="image/png")

    def count(self, fault, parameters, fields):
        return Response({name: n for name, n in self.n_requests[fault].items() if name != "count"})


async def main():
    provider = Provider()
    server = await provider.start(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
    print(provider.origin, flush=True)
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, sys.stdin.read)
    server.close()


if __name__ == "__main__":
    asyncio.run(main())
