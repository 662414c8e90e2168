resource "aws_security_group" "orders" {
  name = "orders"
}

resource "aws_security_group" "refunds" {
  name = "refunds"
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0"]
    security_group_ids = [aws_security_group.orders.id]
  }
}

resource "aws_lambda_function" "refunds" {
  count = 2

  function_name = "refunds"
  role          = "arn:aws:iam::123456789012:role/refunds"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "refunds.zip"

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0"]
    security_group_ids = [aws_security_group.refunds.id]
  }
}

# It does not have the group, but lets it in.
resource "aws_db_security_group" "database" {
  name = "database"

  ingress {
    security_group_id = aws_security_group.orders.id
  }
}
