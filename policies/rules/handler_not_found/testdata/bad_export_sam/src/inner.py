class Orders:
    handler = None


def find():
    from orders import find as handler
    return handler
