import framework

handler = framework.make()
