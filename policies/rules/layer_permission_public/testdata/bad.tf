resource "aws_lambda_layer_version_permission" "everyone" {
  layer_name = "arn:aws:lambda:eu-west-1:111122223333:layer:shared:1"
  action     = "lambda:GetLayerVersion"
  principal  = "*" # want "makes the layer public: its principal is [*]"
}
