locals {
  tags = { casethread = "event-path" }

  event_pattern = {
    source      = ["aws.support"]
    detail-type = ["Support Case Update"]
  }

  # The rule is named by its ARN, not by reference: the rule's target needs the role first.
  region      = "${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}"
  rule_arn    = "arn:${data.aws_partition.current.partition}:events:${local.region}:rule/${var.name}"
  own_bus_arn = "arn:${data.aws_partition.current.partition}:events:${local.region}:event-bus/default"

  forward_trust = {
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sts:AssumeRole"
        Condition = {
          ArnLike      = { "aws:SourceArn" = local.rule_arn }
          StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id }
        }
      },
    ]
  }

  forward_policy = {
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "events:PutEvents"
        Resource = var.central_bus_arn
      },
    ]
  }

  queue_policy = {
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "CasethreadUndelivered"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sqs:SendMessage"
        Resource  = "arn:${data.aws_partition.current.partition}:sqs:${local.region}:${var.name}-undelivered"
        Condition = { ArnEquals = { "aws:SourceArn" = local.rule_arn } }
      },
    ]
  }

  bot_trust = {
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = var.bot_role_arn }
        Action    = "sts:AssumeRole"
        Condition = { StringEquals = { "sts:ExternalId" = var.external_id } }
      },
    ]
  }

  bot_policy = {
    Version = "2012-10-17"
    Statement = concat(
      local.support_statements,
      [for statement in local.doctor_statements : statement if var.doctor_may_look],
    )
  }

  # AWS Support knows no finer resource than `*`.
  support_statements = [
    {
      Sid      = "CasethreadReadsCases"
      Effect   = "Allow"
      Action   = ["support:DescribeCases", "support:DescribeCommunications", "support:DescribeServices"]
      Resource = "*"
    },
    {
      Sid      = "CasethreadReadsFiles"
      Effect   = "Allow"
      Action   = ["support:DownloadAttachment", "support:DescribeAttachment"]
      Resource = "*"
    },
    {
      Sid      = "CasethreadRepliesAndResolves"
      Effect   = "Allow"
      Action   = ["support:AddCommunicationToCase", "support:ResolveCase"]
      Resource = "*"
    },
    {
      Sid      = "CasethreadSendsFiles"
      Effect   = "Allow"
      Action   = ["support:AddAttachmentsToSet", "support:UploadAttachment"]
      Resource = "*"
    },
    {
      Sid      = "CasethreadOpensCases"
      Effect   = "Allow"
      Action   = ["support:CreateCase", "support:DescribeSeverityLevels", "support:DescribeSupportedLanguages"]
      Resource = "*"
    },
  ]

  # AWS knows nothing finer for DescribeTrails, and a trail may belong to the organization's management account.
  doctor_statements = [
    {
      Sid      = "CasethreadLooksForTrails"
      Effect   = "Allow"
      Action   = ["cloudtrail:DescribeTrails", "cloudtrail:GetTrailStatus"]
      Resource = "*"
    },
  ]
}
