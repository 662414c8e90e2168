resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
  layers        = ["arn:aws:lambda:eu-west-1:210987654321:layer:shared:3"] # want "rders uses a cross-account layer of account 210987654321"
}
