import os


def handler(event, context):
    print(os.environ["AWS_REGION"], list(event))
