import os


def handler(event, context):
    return os.environ["BUCKET"]  # want "BUCKET"
