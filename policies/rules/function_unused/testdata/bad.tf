resource "aws_lambda_function" "orders" { # want "aws_lambda_function.orders is possibly unused: it has no trigger, and nothing in the template refers to it"
  function_name = "orders"
  role          = aws_iam_role.orders.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

# Its own role does not use it, whatever its name is.
resource "aws_iam_role" "orders" {
  name               = "orders"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

variable "prefix" {
  type = string
}

resource "aws_lambda_function" "returns" { # want "aws_lambda_function.returns is possibly unused"
  function_name = "${var.prefix}-returns"
  role          = "arn:aws:iam::123456789012:role/${var.prefix}"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "returns.zip"
}

resource "aws_lambda_function" "exported" {
  function_name = "exported"
  role          = "arn:aws:iam::123456789012:role/exported"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "exported.zip"
}

output "arn" {
  value = aws_lambda_function.exported.arn
}
