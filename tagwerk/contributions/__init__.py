"""The call for contributions: people propose, the crew reviews, speakers look after their part."""
