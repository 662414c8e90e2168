resource "aws_apigatewayv2_api" "shop" {
  name          = "shop"
  protocol_type = "HTTP"
  body = jsonencode({
    openapi = "3.0.1"
    info    = { title = "shop", version = "1" }
    paths = {
      "/orders" = {
        get = {
          security = [{ people = [] }]
          x-amazon-apigateway-integration = {
            type                 = "aws_proxy"
            httpMethod           = "POST"
            payloadFormatVersion = "2.0"
            uri                  = "arn:aws:lambda:eu-west-1:111122223333:function:orders"
          }
        }
      }
    }
    components = {
      securitySchemes = {
        people = {
          type = "apiKey"
          name = "Unused"
          in   = "header"
          x-amazon-apigateway-authorizer = {
            type           = "request"
            authorizerUri  = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:eu-west-1:111122223333:function:people/invocations"
            identitySource = "$request.querystring.api-key" # want "takes the credential api-key from the query string"
          }
        }
      }
    }
  })
}
