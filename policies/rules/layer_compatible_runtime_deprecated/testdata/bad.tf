resource "aws_lambda_layer_version" "shared" {
  layer_name          = "shared"
  filename            = "layer.zip"
  compatible_runtimes = ["python3.8", "python3.9"] # want "hared is compatible only with deprecated runtimes: python3.8, python3.9"
}
