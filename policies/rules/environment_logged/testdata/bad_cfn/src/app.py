import os


def handler(event, context):
    print(dict(os.environ))  # # want "logs its whole environment"
