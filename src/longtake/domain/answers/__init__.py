"""What the product answers: causes, diagnoses, plans, reports."""
