resource "aws_subnet" "main" { # want "aws_subnet.main contains aws_lambda_function.orders and aws_instance.web"
  vpc_id     = "vpc-0123456789abcdef0"
  cidr_block = "10.0.1.0/24"
}

resource "aws_instance" "web" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "t4g.micro"
  subnet_id     = aws_subnet.main.id
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  vpc_config {
    subnet_ids         = [aws_subnet.main.id]
    security_group_ids = ["sg-0123456789abcdef0"]
  }
}
