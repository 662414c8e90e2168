resource "aws_lambda_layer_version_permission" "organization" {
  layer_name      = "arn:aws:lambda:eu-west-1:111122223333:layer:shared:1"
  action          = "lambda:GetLayerVersion"
  principal       = "*"
  organization_id = "o-a1b2c3d4e5"
}
