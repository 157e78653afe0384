locals {
  tags = { casethread = "event-path" }

  event_pattern = {
    source      = ["aws.support", "casethread.test"]
    detail-type = ["Support Case Update", "Casethread Test"]
  }

  # The rule is named by its ARN, not by reference: the rule's target needs role and queue first.
  events   = "arn:${data.aws_partition.current.partition}:events:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}"
  rule_arn = "${local.events}:rule/${var.name}"

  queue_policy = {
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "CasethreadUndelivered"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sqs:SendMessage"
        Resource  = aws_sqs_queue.undelivered.arn
        Condition = { ArnEquals = { "aws:SourceArn" = local.rule_arn } }
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
          ArnLike      = { "aws:SourceArn" = local.rule_arn }
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
      Resource  = "${local.events}:event-bus/default"
      Condition = {
        StringEquals = {
          "aws:PrincipalOrgID" = var.organization_id
          "events:detail-type" = "Support Case Update"
        }
        "ForAllValues:StringEquals" = { "events:source" = "aws.support" }
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
        "sqs:GetQueueUrl",
        "sqs:GetQueueAttributes",
        "iam:GetRole",
        "iam:GetRolePolicy",
      ]
      # AWS puts an id of its own behind the names of connection and API destination.
      Resource = [
        "${local.events}:connection/${var.name}",
        "${local.events}:connection/${var.name}/*",
        "${local.events}:api-destination/${var.name}",
        "${local.events}:api-destination/${var.name}/*",
        local.rule_arn,
        aws_sqs_queue.undelivered.arn,
        aws_iam_role.invoke.arn,
      ]
    },
    # AWS knows nothing finer for DescribeTrails, and a trail may belong to the organization's management account.
    {
      Sid      = "CasethreadLooksForTrails"
      Effect   = "Allow"
      Action   = ["cloudtrail:DescribeTrails", "cloudtrail:GetTrailStatus"]
      Resource = "*"
    },
  ]
}
