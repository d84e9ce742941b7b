# docker run --stop-timeout 130 -p 7860:7860 --env-file .env IMAGE [inbound|outbound]
FROM python:3.12-slim AS build
WORKDIR /app
COPY requirements.lock ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes --no-deps -r requirements.lock
# docker build --build-arg EXTRAS=sarvam,google: other providers, in the versions of their lock.
ARG EXTRAS=
COPY pyproject.toml LICENSE requirements-providers.lock ./
RUN sed -nE 's/^([^ #]+==[^\\]*).*/\1/p' requirements-providers.lock > pins && \
    if [ -n "$EXTRAS" ]; then /venv/bin/pip install --no-cache-dir -c pins ".[$EXTRAS]"; fi

FROM python:3.12-slim
RUN useradd --system --uid 10001 --no-create-home bot && install -d -m 700 -o bot -g bot /data
WORKDIR /app
COPY --from=build /venv /venv
COPY LICENSE README.md ./
COPY shared shared
COPY inbound inbound
COPY outbound outbound
RUN /venv/bin/python -m compileall -q shared inbound outbound
USER bot
# The record of the calls; a named volume keeps it when the container is replaced.
VOLUME /data
# It listens on every interface, so it starts with credentials only, unless told ENV=local.
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 ENV=production HOST=0.0.0.0 PORT=7860 LOG_FORMAT=json \
    DATABASE_URL=sqlite+aiosqlite:////data/voicebot.db
EXPOSE 7860
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s CMD \
    ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=2)"]
# exec-form entry point: the bot is process 1, so SIGTERM reaches it and calls are drained.
ENTRYPOINT ["python", "-m"]
CMD ["inbound"]
