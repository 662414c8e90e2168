resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::210987654321:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_lambda_layer_version_permission" "own" {
  layer_name     = "tools"
  version_number = 1
  statement_id   = "own"
  action         = "lambda:GetLayerVersion"
  principal      = "210987654321"
}
