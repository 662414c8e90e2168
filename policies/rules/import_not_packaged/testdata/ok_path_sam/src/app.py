import sys

sys.path.insert(0, "/mnt/packages")

import numpy


def handler(event, context):
    return numpy.zeros(1).tolist()
