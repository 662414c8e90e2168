resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_lambda_function_url" "orders" {
  function_name      = aws_lambda_function.orders.function_name
  authorization_type = "AWS_IAM"
}

variable "via_url" {
  type = string
}

variable "principal" {
  type = string
}

resource "aws_lambda_permission" "bound" {
  function_name            = aws_lambda_function.orders.function_name
  action                   = "lambda:InvokeFunction"
  principal                = "*"
  invoked_via_function_url = var.via_url
}

resource "aws_lambda_permission" "principal" {
  function_name = aws_lambda_function.orders.function_name
  action        = "lambda:InvokeFunction"
  principal     = var.principal
}
