resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::111122223333:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_lambda_permission" "url" {
  function_name          = aws_lambda_function.orders.function_name
  action                 = "lambda:InvokeFunctionUrl"
  principal              = "444455556666"
  function_url_auth_type = "AWS_IAM"
}

resource "aws_lambda_permission" "invoke" {
  function_name            = aws_lambda_function.orders.function_name
  action                   = "lambda:InvokeFunction"
  principal                = "444455556666"
  invoked_via_function_url = true
}

# The other permissions of a function outside the stack are undetermined.
resource "aws_lambda_permission" "elsewhere" {
  function_name          = "elsewhere"
  action                 = "lambda:InvokeFunctionUrl"
  principal              = "444455556666"
  function_url_auth_type = "AWS_IAM"
}
