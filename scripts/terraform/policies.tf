locals {
  tags = { casethread = "event-path" }

  event_pattern = {
    source      = ["aws.support", "casethread.test"]
    detail-type = ["Support Case Update", "Casethread Test"]
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

  # The rules are named by their ARNs, not by reference: the rules' targets need role and queue first.
  events         = "arn:${data.aws_partition.current.partition}:events:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}"
  bus_arn        = "${local.events}:event-bus/default"
  rule_arn       = "${local.events}:rule/${var.name}"
  calls_rule_arn = "${local.events}:rule/${var.name}-calls"
  plans_rule_arn = "arn:${data.aws_partition.current.partition}:events:us-west-2:${data.aws_caller_identity.current.account_id}:rule/${var.name}-plans"
  rule_arns      = concat([local.rule_arn], [for arn in [local.calls_rule_arn] : arn if var.calls != "none"])

  queue_policy = {
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "CasethreadUndelivered"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sqs:SendMessage"
        Resource  = aws_sqs_queue.undelivered.arn
        Condition = { ArnEquals = { "aws:SourceArn" = local.rule_arns } }
      },
    ]
  }

  invoke_trust = {
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

  # AWS puts an id of its own behind the name.
  invoke_policy = {
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = "events:InvokeApiDestination"
        Resource = "${local.events}:api-destination/${var.name}/*"
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
        Resource = local.bus_arn
      },
    ]
  }

  bus_policy = {
    Version   = "2012-10-17"
    Statement = concat(local.bus_statements, [for statement in var.other_bus_statements : jsondecode(statement)])
  }

  bus_statements = [
    {
      Sid       = "${var.name}-organization"
      Effect    = "Allow"
      Principal = "*"
      Action    = "events:PutEvents"
      Resource  = local.bus_arn
      Condition = {
        StringEquals = {
          "aws:PrincipalOrgID" = var.organization_id
          "events:detail-type" = concat(["Support Case Update"], [for type in local.calls.detail-type : type if var.calls != "none"])
        }
        "ForAllValues:StringEquals" = {
          "events:source" = [for source in local.calls.source : source if source == "aws.support" || var.calls != "none"]
        }
      }
    },
  ]

  bot_policy = {
    Version = "2012-10-17"
    Statement = concat(
      local.support_statements,
      [for statement in local.member_statements : statement if var.organization_id != null],
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

  member_statements = [
    {
      Sid       = "CasethreadActsInMembers"
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Resource  = "arn:${data.aws_partition.current.partition}:iam::*:role/${var.member_role_name}"
      Condition = { StringEquals = { "aws:ResourceOrgID" = var.organization_id } }
    },
  ]

  doctor_statements = [
    {
      Sid    = "CasethreadLooksAtTheWayOfTheEvents"
      Effect = "Allow"
      Action = [
        "events:DescribeConnection",
        "events:DescribeApiDestination",
        "events:DescribeRule",
        "events:ListTargetsByRule",
        "events:DescribeEventBus",
        "sqs:GetQueueUrl",
        "sqs:GetQueueAttributes",
        "iam:GetRole",
        "iam:GetRolePolicy",
        "iam:ListRolePolicies",
        "iam:ListAttachedRolePolicies",
      ]
      # AWS puts an id of its own behind the names of connection and API destination.
      Resource = [
        "${local.events}:connection/${var.name}",
        "${local.events}:connection/${var.name}/*",
        "${local.events}:api-destination/${var.name}",
        "${local.events}:api-destination/${var.name}/*",
        local.rule_arn,
        local.calls_rule_arn,
        local.plans_rule_arn,
        local.bus_arn,
        aws_sqs_queue.undelivered.arn,
        aws_iam_role.invoke.arn,
        "arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:role/${var.name}-forward",
      ]
    },
    # AWS knows nothing finer for DescribeTrails, and a trail may belong to the organization's management account.
    {
      Sid      = "CasethreadLooksForTrails"
      Effect   = "Allow"
      Action   = ["cloudtrail:DescribeTrails", "cloudtrail:GetTrailStatus", "cloudtrail:GetEventSelectors"]
      Resource = "*"
    },
  ]
}
