# The bot with what it needs at run time and nothing else. It writes to /data alone, so the root may be read-only:
#   docker run --read-only --tmpfs /tmp --env-file .env -v postmortem:/data -p 3000:3000 postmortem-bot
FROM python:3.11-slim AS packages
COPY requirements.txt ./
RUN python -m venv /venv \
    && /venv/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --require-hashes -r requirements.txt

FROM python:3.11-slim
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATABASE_URL=sqlite:////data/postmortem.db \
    HEALTH_PORT=3000
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin postmortem \
    && install --directory --owner=postmortem --mode=0700 /data
WORKDIR /app
COPY --from=packages /venv /venv
COPY app.py ./
COPY bot ./bot
COPY cli ./cli
COPY storage ./storage
COPY migrations ./migrations
USER postmortem
VOLUME /data
EXPOSE 3000
# With an app token the health paths are on HEALTH_PORT, else they are beside Slack's path on PORT.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; e = os.environ.get; p = (e('SLACK_APP_TOKEN') and e('HEALTH_PORT')) or (not e('SLACK_APP_TOKEN') and e('PORT')) or '3000'; u.urlopen('http://127.0.0.1:' + p + '/healthz', timeout=4).close()"]
ENTRYPOINT ["python", "app.py"]
CMD ["serve"]
