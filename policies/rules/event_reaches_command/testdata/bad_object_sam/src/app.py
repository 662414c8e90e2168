import base64
import pickle


def handler(event, context):
    return pickle.loads(base64.b64decode(event["body"]))  # # want "with pickle.loads"
