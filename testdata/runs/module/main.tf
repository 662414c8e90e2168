module "one" {
  source  = "./child"
  name    = module.two.name
  runtime = "python3.7"
}

module "two" {
  source  = "./child"
  name    = "two"
  runtime = "nodejs14.x"
}

module "each" {
  for_each = toset(["b", "a", "c"])
  source   = "./child"
  name     = each.key
  runtime  = "go1.x"
}

module "itself" {
  source  = "./"
}

module "missing" {
  source  = "terraform-aws-modules/lambda/aws"
  version = "8.0.0"
}
