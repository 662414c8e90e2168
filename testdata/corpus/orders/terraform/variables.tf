variable "region" {
  description = "Where the shop runs."
  type        = string
  default     = "eu-west-1"
}

variable "stage" {
  description = "Suffix of all names: dev, test or prod."
  type        = string
  default     = "dev"

  validation {
    condition     = contains(["dev", "test", "prod"], var.stage)
    error_message = "The stage must be dev, test or prod."
  }
}

variable "artifacts_bucket" {
  description = "Bucket with the packages of the functions."
  type        = string
}

variable "release" {
  description = "Version of the packages, the prefix of their keys."
  type        = string
}

variable "shop_origin" {
  description = "Origin of the web shop that calls the API."
  type        = string
  default     = "https://shop.example.com"
}

variable "worker_tracing" {
  description = "Tracing mode of the worker."
  type        = string
  default     = "Active"
}
