resource "aws_lambda_function" "import" {
  function_name = "import"
  role          = "arn:aws:iam::123456789012:role/import"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "import.zip"
  timeout       = 1800 # want "aws_lambda_function.import has the longest timeout that Lambda accepts, 1800 seconds"
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
  timeout       = 60 # want "aws_lambda_function.orders has a timeout of 60 seconds, but its API waits for at most 30 seconds .aws_apigatewayv2_integration.orders."
}

resource "aws_apigatewayv2_api" "web" {
  name          = "web"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_integration" "orders" {
  api_id                 = aws_apigatewayv2_api.web.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.orders.invoke_arn
  payload_format_version = "2.0"
}

resource "aws_lambda_permission" "orders" {
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.orders.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.web.execution_arn}/*/*"
}

resource "aws_lambda_function" "returns" {
  function_name = "returns"
  role          = "arn:aws:iam::123456789012:role/returns"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "returns.zip"
  timeout       = 900 # want "has a timeout of 900 seconds, but its API waits for at most 30 seconds .aws_api_gateway_integration.returns."
}

resource "aws_api_gateway_integration" "returns" {
  rest_api_id             = aws_api_gateway_rest_api.rest.id
  resource_id             = "abc123"
  http_method             = "POST"
  type                    = "AWS_PROXY"
  integration_http_method = "POST"
  uri                     = aws_lambda_function.returns.invoke_arn
  timeout_milliseconds    = 5000
}

resource "aws_api_gateway_rest_api" "rest" {
  name = "rest"
}
