import os


class Orders:
    def export(self):
        return os.environ["BUCKET"]

    def read(self, order):
        return order


def handler(event, context):
    return Orders().read(event["id"])


def export(event, context):
    return Orders().export()
