"""The reconciliation report (勾稽报告): what a check read and what came of it, for people who publish budgets."""
