# A layer without compatible runtimes is for all.
resource "aws_lambda_layer_version" "shared" {
  layer_name          = "shared"
  filename            = "layer.zip"
  compatible_runtimes = []
}
