import orders


def __getattr__(name):
    return getattr(orders, name)
