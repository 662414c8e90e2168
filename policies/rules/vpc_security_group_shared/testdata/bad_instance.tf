resource "aws_security_group" "shop" { # want "aws_security_group.shop is a security group of aws_instance.web and aws_lambda_function.orders"
  name = "shop"
}

resource "aws_instance" "web" {
  ami                    = "ami-0123456789abcdef0"
  instance_type          = "t4g.micro"
  vpc_security_group_ids = [aws_security_group.shop.id]
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0"]
    security_group_ids = [aws_security_group.shop.id]
  }
}
