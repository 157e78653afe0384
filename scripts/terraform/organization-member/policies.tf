locals {
  tags = { casethread = "event-path" }

  event_pattern = {
    source      = ["aws.support"]
    detail-type = ["Support Case Update"]
  }

  # Records of CloudTrail: they come while the account has a trail that is logging. Reads come to a rule of this state
  # only. Those that the bot makes all day would be charged, and tell nobody anything, unless root makes them or they
  # fail.
  calls_state   = var.calls == "all" ? "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" : "ENABLED"
  calls_pattern = var.calls == "all" ? jsonencode(merge(local.calls, local.but_own_reads)) : jsonencode(local.calls)

  calls = {
    source      = ["aws.support", "aws.supportplans", "aws.supportapp", "aws.supportrecommendations"]
    detail-type = ["AWS API Call via CloudTrail"]
  }

  but_own_reads = {
    detail = {
      "$or" = [
        {
          eventName = [
            {
              anything-but = [
                "DescribeAttachment",
                "DescribeAttachmentUploadStatus",
                "DescribeCases",
                "DescribeCommunication",
                "DescribeCommunications",
                "DescribeCreateCaseOptions",
                "DescribeServices",
                "DescribeSeverityLevels",
                "DescribeSupportedLanguages",
                "GetAttachmentDownloadLink",
                "GetAttachmentUploadLinks",
              ]
            },
          ]
        },
        { userIdentity = { type = ["Root"] } },
        { errorCode = [{ exists = true }] },
      ]
    }
  }

  has_plans = var.plans && var.calls != "none"

  plans_pattern = {
    source      = ["aws.supportplans"]
    detail-type = ["AWS API Call via CloudTrail"]
  }

  # The rules are named by their ARNs, not by reference: the rules' targets need the role first.
  region         = "${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}"
  rule_arn       = "arn:${data.aws_partition.current.partition}:events:${local.region}:rule/${var.name}"
  calls_rule_arn = "arn:${data.aws_partition.current.partition}:events:${local.region}:rule/${var.name}-calls"
  plans_rule_arn = "arn:${data.aws_partition.current.partition}:events:us-west-2:${data.aws_caller_identity.current.account_id}:rule/${var.name}-plans"
  rule_arns      = concat([local.rule_arn], [for arn in [local.calls_rule_arn] : arn if var.calls != "none"])
  own_bus_arn    = "arn:${data.aws_partition.current.partition}:events:${local.region}:event-bus/default"

  forward_trust = {
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sts:AssumeRole"
        Condition = {
          ArnLike      = { "aws:SourceArn" = local.rule_arns }
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

  plans_trust = {
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sts:AssumeRole"
        Condition = {
          ArnLike      = { "aws:SourceArn" = local.plans_rule_arn }
          StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id }
        }
      },
    ]
  }

  plans_policy = {
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
        Condition = { ArnEquals = { "aws:SourceArn" = local.rule_arns } }
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
      Action   = ["cloudtrail:DescribeTrails", "cloudtrail:GetTrailStatus", "cloudtrail:GetEventSelectors"]
      Resource = "*"
    },
  ]
}
