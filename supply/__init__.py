"""What the product is built from: known flaws, a bill of materials, the wheel. Not shipped."""
