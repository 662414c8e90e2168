resource "aws_api_gateway_rest_api" "shop" {
  name                     = "shop"
  minimum_compression_size = 20000000 # want "minimum compression size is 20000000, outside of 0 to 10485760"
}
