resource "aws_lambda_layer_version_permission" "public" {
  layer_name      = "orders"
  version_number  = 1
  statement_id    = "public"
  action          = "lambda:GetLayerVersion"
  principal       = "*" # want "its organization is "
  organization_id = "*"
}
