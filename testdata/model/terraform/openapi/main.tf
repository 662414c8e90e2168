resource "aws_lambda_function" "f" { function_name = "f" }
resource "aws_api_gateway_rest_api" "api" {
  name = "api"
  body = jsonencode({
    openapi  = "3.0.1"
    security = [{ users = [] }]
    components = { securitySchemes = {
      users = { type = "apiKey", x-amazon-apigateway-authtype = "cognito_user_pools" }
      iam   = { type = "apiKey", x-amazon-apigateway-authtype = "awsSigv4" }
      key   = { type = "apiKey", name = "x-api-key", in = "header" }
    } }
    paths = {
      "/default" = { get = { x-amazon-apigateway-integration = { uri = aws_lambda_function.f.invoke_arn } } }
      "/open"    = { x-amazon-apigateway-any-method = { security = [], x-amazon-apigateway-integration = { uri = aws_lambda_function.f.invoke_arn } } }
      "/iam"     = { post = { security = [{ iam = [], key = [] }] }, options = {} }
    }
  })
}
