# IoT waits for an authorizer, which requires the same permission as a topic rule.
resource "aws_iot_authorizer" "custom" {
  name                    = "custom"
  authorizer_function_arn = aws_lambda_function.f.arn
  signing_disabled        = true
}

resource "aws_lambda_permission" "iot" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.f.function_name
  principal     = "iot.amazonaws.com"
  source_arn    = aws_iot_authorizer.custom.arn
}

resource "aws_lambda_function" "f" {
  function_name = "f"
  role          = "arn:aws:iam::111122223333:role/f"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "f.zip"
}
