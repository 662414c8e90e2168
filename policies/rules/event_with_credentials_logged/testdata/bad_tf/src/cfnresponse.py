SUCCESS = "SUCCESS"


def send(event, context, status, data):
    pass
