resource "aws_security_group" "orders" {
  name = "orders"

  ingress { # want "aws_security_group.orders has ingress rules, but only module.orders.aws_lambda_function.orders uses it"
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["10.0.0.0/16"]
  }
}

module "orders" {
  source = "./function"
  groups = [aws_security_group.orders.id]
}
