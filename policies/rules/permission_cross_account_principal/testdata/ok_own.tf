resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::210987654321:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_lambda_permission" "own" {
  function_name = aws_lambda_function.orders.function_name
  action        = "lambda:InvokeFunction"
  principal     = "210987654321"
}
