import ssl
import urllib.request


def handler(event, context):
    return urllib.request.urlopen("https://api.example.com", context=ssl._create_unverified_context()).read()  # # want "does not verify"
