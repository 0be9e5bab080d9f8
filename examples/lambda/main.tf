# POST /presign answers {bucket, key, method} with a presigned URL or form, POST /sign the requests of Uppy: the same as
# template.yaml.

terraform {
  required_version = ">= 1.5"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}

variable "bucket_name" {
  description = "The bucket that links are given to"
  type        = string
}

variable "prefix" {
  description = "How the keys of those links begin"
  type        = string
  default     = "inbox/"
}

variable "content_types" {
  description = "What may be uploaded"
  type        = list(string)
  default     = ["image/jpeg", "image/png", "application/pdf"]
}

variable "max_bytes" {
  description = "How much may be uploaded at once"
  type        = number
  default     = 100000000
}

locals {
  dist = "${path.module}/../../dist/lambda"
}

data "aws_partition" "current" {}

resource "aws_lambda_layer_version" "presigned" {
  layer_name               = "presigned"
  filename                 = "${local.dist}/layer-x86_64.zip"
  source_code_hash         = filebase64sha256("${local.dist}/layer-x86_64.zip")
  compatible_runtimes      = ["python3.10", "python3.11", "python3.12", "python3.13", "python3.14"]
  compatible_architectures = ["x86_64"]
}

resource "aws_iam_role" "presign" {
  name = "presign"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

# A link allows only what its signer may do.
resource "aws_iam_role_policy" "presign" {
  role = aws_iam_role.presign.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      # The last two are for uploads in parts.
      Action   = ["s3:GetObject", "s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"]
      Resource = "arn:${data.aws_partition.current.partition}:s3:::${var.bucket_name}/${var.prefix}*"
    }]
  })
}

resource "aws_iam_role_policy_attachment" "logs" {
  role       = aws_iam_role.presign.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

resource "aws_lambda_function" "presign" {
  function_name    = "presign"
  filename         = "${local.dist}/function.zip"
  source_code_hash = filebase64sha256("${local.dist}/function.zip")
  handler          = "app.handler"
  runtime          = "python3.13"
  architectures    = ["x86_64"]
  layers           = [aws_lambda_layer_version.presigned.arn]
  role             = aws_iam_role.presign.arn
  memory_size      = 256
  timeout          = 5

  environment {
    variables = {
      ALLOW         = "${var.bucket_name}/${var.prefix}"
      CONTENT_TYPES = join(",", var.content_types)
      MAX_BYTES     = var.max_bytes
    }
  }
}

resource "aws_apigatewayv2_api" "presign" {
  name          = "presign"
  protocol_type = "HTTP"
}

resource "aws_apigatewayv2_integration" "presign" {
  api_id                 = aws_apigatewayv2_api.presign.id
  integration_type       = "AWS_PROXY"
  integration_uri        = aws_lambda_function.presign.invoke_arn
  payload_format_version = "2.0"
}

# Users and roles of this account may call this with signed requests, and so read and write below the prefix.
resource "aws_apigatewayv2_route" "presign" {
  for_each           = toset(["presign", "sign"])
  api_id             = aws_apigatewayv2_api.presign.id
  route_key          = "POST /${each.key}"
  target             = "integrations/${aws_apigatewayv2_integration.presign.id}"
  authorization_type = "AWS_IAM"
}

resource "aws_apigatewayv2_stage" "default" {
  api_id      = aws_apigatewayv2_api.presign.id
  name        = "$default"
  auto_deploy = true

  default_route_settings {
    throttling_burst_limit = 100
    throttling_rate_limit  = 50
  }
}

resource "aws_lambda_permission" "api" {
  for_each      = toset(["presign", "sign"])
  action        = "lambda:InvokeFunction"
  function_name = aws_lambda_function.presign.function_name
  principal     = "apigateway.amazonaws.com"
  source_arn    = "${aws_apigatewayv2_api.presign.execution_arn}/*/*/${each.key}"
}

output "url" {
  description = "Where to POST"
  value       = "${aws_apigatewayv2_api.presign.api_endpoint}/presign"
}
