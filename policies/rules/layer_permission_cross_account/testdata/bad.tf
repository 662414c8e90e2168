resource "aws_lambda_layer_version_permission" "account" {
  layer_name = "arn:aws:lambda:eu-west-1:111122223333:layer:shared:1"
  action     = "lambda:GetLayerVersion"
  principal  = "444455556666" # want "allows cross-account use of the layer by .*444455556666"
}
