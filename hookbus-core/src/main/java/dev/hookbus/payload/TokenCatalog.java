package dev.hookbus.payload;

/**
 * The token formats, one a line: {@code name;what it is;prefix;body;flags}.
 *
 * <p>The body is a list of items. A letter and a number ask for a run of at least that many bytes
 * of a class, taken whole: {@code d} digits, {@code x} hex, {@code l} lower case and digits, {@code
 * u} upper case and digits, {@code a} letters and digits, {@code w} also {@code _}, {@code s} also
 * {@code -}, {@code b} base64, {@code q} all of these and {@code . = ~ %}. A {@code !} behind the
 * number asks for exactly that many. {@code =text} asks for that text, {@code @uuid} for a UUID.
 *
 * <p>Flags: {@code b}, nothing that belongs to a word may stand before the prefix; {@code e},
 * nothing such may follow; {@code <x32}, so many bytes of that class must stand before the prefix
 * and belong to the token; {@code m}, letters and digits must be mixed, as no ordinary word does.
 */
final class TokenCatalog {

  static final String FORMATS =
      """
      github-token;GitHub personal access token;ghp_;w20;
      github-oauth;GitHub OAuth token;gho_;w20;
      github-user;GitHub user-to-server token;ghu_;w20;
      github-server;GitHub server-to-server token;ghs_;w20;
      github-refresh;GitHub refresh token;ghr_;w20;
      github-fine-grained;GitHub fine-grained token;github_pat_;w20;
      gitlab-token;GitLab personal access token;glpat-;s20;
      gitlab-deploy;GitLab deploy token;gldt-;s20;
      gitlab-runner;GitLab runner token;glrt-;s20;
      gitlab-runner-registration;GitLab runner registration token;GR1348941;s20;
      gitlab-job;GitLab CI job token;glcbt-;s20;
      gitlab-trigger;GitLab trigger token;glptt-;s20;
      gitlab-feed;GitLab feed token;glft-;s20;
      gitlab-mail;GitLab incoming mail token;glimt-;s20;
      gitlab-agent;GitLab agent token;glagent-;s20;
      gitlab-oauth;GitLab OAuth application secret;gloas-;s20;
      gitlab-scim;GitLab SCIM token;glsoat-;s20;
      gitlab-flag;GitLab feature flag token;glffct-;s20;
      bitbucket-app-password;Bitbucket app password;ATBB;a24;b
      bitbucket-token;Bitbucket access token;ATCTT3;q40;b
      atlassian-token;Atlassian API token;ATATT3;q40;b
      trello-token;Trello token;ATTA;x56;b
      aws-access-key;AWS access key ID;AKIA;u16!;be
      aws-temporary-key;AWS temporary access key ID;ASIA;u16!;be
      aws-bearer-key;AWS bearer token ID;ABIA;u16!;be
      aws-context-key;AWS context-specific credential;ACCA;u16!;be
      aws-bedrock;AWS Bedrock API key;ABSK;b90;b
      aws-bedrock-short;AWS Bedrock short-lived key;bedrock-api-key-;b20;
      aws-mws;Amazon MWS token;amzn.mws.;@uuid;
      google-api-key;Google API key;AIza;s30;b
      google-client-secret;Google OAuth client secret;GOCSPX-;s20;
      google-access-token;Google OAuth access token;ya29.;s20;b
      google-refresh-token;Google OAuth refresh token;1//0;s30;b
      azure-client-secret;Azure AD client secret;Q~;q30;<q4
      azure-key;Azure service key;JQQJ99;a5;<a30
      azure-devops;Azure DevOps token;AZDO;a4;<a60
      azure-functions;Azure Functions key;AzFu;b8;<q40
      digitalocean-token;DigitalOcean personal access token;dop_v1_;x60;
      digitalocean-oauth;DigitalOcean OAuth token;doo_v1_;x60;
      digitalocean-refresh;DigitalOcean refresh token;dor_v1_;x60;
      alibaba-key;Alibaba Cloud access key ID;LTAI;a12;be
      tencent-key;Tencent Cloud secret ID;AKID;a30;be
      yandex-api-key;Yandex Cloud API key;AQVN;s35;b
      yandex-static-key;Yandex Cloud static key;YCAJE;s20;b
      yandex-iam;Yandex Cloud IAM token;t1.9eu;q60;b
      cloudflare-origin-ca;Cloudflare origin CA key;v1.0-;x24 =- x100;b
      heroku-key;Heroku API key;HRKU-;s30;b
      fly-token;Fly.io token;fo1_;s40;b
      fly-macaroon;Fly.io macaroon;fm1r_;b60;b
      fly-app-macaroon;Fly.io application macaroon;fm1a_;b60;b
      fly-macaroon-v2;Fly.io macaroon, version 2;fm2_;b60;b
      render-key;Render API key;rnd_;a24;b
      vercel-token;Vercel personal token;vcp_;a24;b
      netlify-token;Netlify token;nfp_;a30;b
      supabase-token;Supabase personal token;sbp_;x40;b
      supabase-secret;Supabase secret key;sb_secret_;s20;b
      planetscale-token;PlanetScale token;pscale_tkn_;q30;
      planetscale-password;PlanetScale password;pscale_pw_;q30;
      planetscale-oauth;PlanetScale OAuth token;pscale_oauth_;q30;
      neon-password;Neon database password;npg_;a10;b
      neon-key;Neon API key;napi_;a30;b
      aiven-password;Aiven service password;AVNS_;s16;b
      clickhouse-key;ClickHouse Cloud secret key;4b1d;a38!;be
      databricks-token;Databricks token;dapi;x32;b
      doppler-personal;Doppler personal token;dp.pt.;a40;
      doppler-service;Doppler service token;dp.st.;q40;
      doppler-account;Doppler service account token;dp.sa.;a40;
      doppler-cli;Doppler CLI token;dp.ct.;a40;
      vault-service;HashiCorp Vault service token;hvs.;s20;b
      vault-batch;HashiCorp Vault batch token;hvb.;s20;b
      vault-recovery;HashiCorp Vault recovery token;hvr.;s20;b
      terraform-token;HCP Terraform token;.atlasv1.;q50;<a14
      pulumi-token;Pulumi token;pul-;x40;b
      infracost-key;Infracost key;ico-;a32;b
      prefect-key;Prefect API key;pnu_;a30;b
      prefect-service;Prefect service key;pnb_;a30;b
      openshift-token;OpenShift token;sha256~;s40;
      scalingo-token;Scalingo token;tk-us-;s40;b
      circleci-token;CircleCI token;CCIPAT_;w20;b
      circleci-project;CircleCI project token;CCIPRJ_;w20;b
      buildkite-user;Buildkite user token;bkua_;a30;b
      buildkite-agent;Buildkite agent token;bkct_;a30;b
      harness-token;Harness access token;pat.;s20 =. a20 =. a16;b
      harness-service;Harness service token;sat.;s20 =. a20 =. a16;b
      octopus-key;Octopus Deploy API key;API-;u25;bem
      sonar-user;SonarQube user token;squ_;x40;b
      sonar-project;SonarQube project token;sqp_;x40;b
      sonar-analysis;SonarQube analysis token;sqa_;x40;b
      artifactory-key;Artifactory API key;AKCp;a60;b
      artifactory-reference;Artifactory reference token;cmVmd;a50;b
      sentry-org;Sentry organisation token;sntrys_;q40;
      sentry-user;Sentry user token;sntryu_;x60;
      new-relic-user;New Relic user key;NRAK-;u20;b
      new-relic-insert;New Relic insert key;NRII-;s30;b
      new-relic-browser;New Relic browser key;NRJS-;x19;b
      new-relic-rest;New Relic REST key;NRRA-;x30;b
      grafana-cloud;Grafana Cloud token;glc_;b30;b
      grafana-service;Grafana service account token;glsa_;w30;b
      dynatrace-token;Dynatrace token;dt0c01.;u24 =. u60;
      dynatrace-platform;Dynatrace platform token;dt0s16.;u8 =. u60;
      honeycomb-key;Honeycomb ingest key;hcaik_;l40;b
      launchdarkly-sdk;LaunchDarkly SDK key;sdk-;@uuid;b
      launchdarkly-api;LaunchDarkly API key;api-;@uuid;b
      posthog-key;PostHog personal key;phx_;a30;b
      slack-bot;Slack bot token;xoxb-;s10;
      slack-user;Slack user token;xoxp-;s10;
      slack-app-config;Slack workspace token;xoxa-;s10;
      slack-refresh;Slack refresh token;xoxr-;s10;
      slack-session;Slack session token;xoxs-;s10;
      slack-cookie;Slack client token;xoxc-;s10;
      slack-cookie-d;Slack client cookie;xoxd-;q10;
      slack-legacy;Slack legacy token;xoxo-;s10;
      slack-export;Slack configuration token;xoxe;q20;b
      slack-app;Slack app token;xapp-;s20;b
      slack-workflow;Slack workflow token;xwfp-;s20;b
      slack-webhook;Slack webhook;hooks.slack.com/services/;q20;k
      slack-trigger;Slack workflow webhook;hooks.slack.com/workflows/;q20;k
      slack-trigger-url;Slack trigger webhook;hooks.slack.com/triggers/;q20;k
      discord-webhook;Discord webhook;discord.com/api/webhooks/;d10 =/ s40;k
      discord-webhook-old;Discord webhook, old host;discordapp.com/api/webhooks/;d10 =/ s40;k
      discord-mfa;Discord MFA token;mfa.;s80;b
      teams-webhook;Microsoft Teams webhook;webhook.office.com/webhookb2/;p30 =@ p40;k
      telegram-bot;Telegram bot token;:AA;s30;<d8
      twilio-key;Twilio API key;SK;x32!;be
      sendgrid-key;SendGrid API key;SG.;s16 =. s16;b
      mailgun-key;Mailgun API key;key-;x32!;be
      mailchimp-key;Mailchimp API key;-us;d1;<x32
      mandrill-key;Mandrill API key;md-;s22!;bem
      brevo-key;Brevo API key;xkeysib-;s60;
      brevo-smtp;Brevo SMTP key;xsmtpsib-;s60;
      resend-key;Resend API key;re_;a8 =_ a16;b
      hubspot-token;HubSpot private app token (NA);pat-na;d1 =- @uuid;b
      hubspot-token-eu;HubSpot private app token (EU);pat-eu;d1 =- @uuid;b
      notion-token;Notion token;ntn_;a40;b
      notion-secret;Notion integration secret;secret_;a40;b
      linear-key;Linear API key;lin_api_;a30;
      linear-oauth;Linear OAuth token;lin_oauth_;a30;
      airtable-token;Airtable token;pat;a14! =. x64;b
      figma-token;Figma token;figd_;s30;b
      postman-key;Postman API key;PMAK-;x24 =- x34;b
      shippo-live;Shippo token;shippo_live_;x40;
      shippo-test;Shippo test token;shippo_test_;x40;
      easypost-key;EasyPost API key;EZAK;a54;b
      easypost-test;EasyPost test key;EZTK;a54;b
      duffel-live;Duffel token;duffel_live_;s40;
      duffel-test;Duffel test token;duffel_test_;s40;
      contentful-token;Contentful personal token;CFPAT-;s40;b
      frameio-token;Frame.io token;fio-u-;q60;b
      readme-key;ReadMe API key;rdme_;l60;b
      typeform-token;Typeform token;tfp_;q40;b
      adobe-secret;Adobe client secret;p8e-;s30;b
      onepassword-service;1Password service account token;ops_eyJ;q60;
      onepassword-key;1Password secret key;A3-;u6! =- u6 =- u5 =- u5 =- u5;b
      okta-token;Okta API token;SSWS ;s30;k
      stripe-live;Stripe secret key;sk_live_;w10;
      stripe-test;Stripe test key;sk_test_;w10;
      stripe-restricted;Stripe restricted key;rk_live_;w10;
      stripe-restricted-test;Stripe restricted test key;rk_test_;w10;
      stripe-webhook;Stripe webhook secret;whsec_;b24;b
      square-token;Square access token;EAAA;s50;b
      square-access;Square production token;sq0atp-;s20;
      square-secret;Square OAuth secret;sq0csp-;s40;
      paypal-token;Braintree access token;access_token$production$;l16 =$ x32;
      razorpay-live;Razorpay key;rzp_live_;a14;
      razorpay-test;Razorpay test key;rzp_test_;a14;
      flutterwave-secret;Flutterwave secret key;FLWSECK;s16;b
      plaid-sandbox;Plaid access token;access-sandbox-;@uuid;
      plaid-development;Plaid development token;access-development-;@uuid;
      plaid-production;Plaid production token;access-production-;@uuid;
      shopify-token;Shopify access token;shpat_;x32;
      shopify-custom;Shopify custom app token;shpca_;x32;
      shopify-private;Shopify private app token;shppa_;x32;
      shopify-secret;Shopify shared secret;shpss_;x32;
      anthropic-key;Anthropic API key;sk-ant-;s16;
      openai-project;OpenAI project key;sk-proj-;s16;
      openai-service;OpenAI service account key;sk-svcacct-;s16;
      openai-admin;OpenAI admin key;sk-admin-;s16;
      openrouter-key;OpenRouter API key;sk-or-;s20;b
      langfuse-key;Langfuse secret key;sk-lf-;@uuid;b
      openai-key;OpenAI or compatible secret key;sk-;s20;bm
      generic-sk;Secret key;sk_;a20;b
      generic-pk;Private key identifier;pk_;a20;b
      generic-pk-dash;Private key identifier, dashed;pk-;a20;b
      generic-ck;Client key;ck-;a20;b
      generic-ck-underscore;Client key, underscored;ck_;a20;b
      groq-key;Groq API key;gsk_;a30;b
      huggingface-token;Hugging Face token;hf_;a30;b
      huggingface-org;Hugging Face organisation token;api_org_;a30;b
      replicate-token;Replicate token;r8_;a30;b
      perplexity-key;Perplexity API key;pplx-;a30;b
      xai-key;xAI API key;xai-;a40;b
      together-key;Together AI key;tgp_v1_;s30;
      nvidia-key;NVIDIA API key;nvapi-;s40;
      jina-key;Jina AI key;jina_;s40;b
      tavily-key;Tavily API key;tvly-;s20;b
      pinecone-key;Pinecone API key;pcsk_;w40;b
      langsmith-token;LangSmith token;lsv2_pt_;w30;
      langsmith-service;LangSmith service key;lsv2_sk_;w30;
      apify-token;Apify token;apify_api_;a30;
      firecrawl-key;Firecrawl key;fc-;x32!;be
      e2b-key;E2B API key;e2b_;x40;b
      runpod-key;RunPod API key;rpa_;a30;b
      cerebras-key;Cerebras API key;csk-;a30;b
      npm-token;npm token;npm_;a30;b
      pypi-token;PyPI token;pypi-;s50;b
      rubygems-key;RubyGems API key;rubygems_;x48;
      clojars-token;Clojars token;CLOJARS_;a60;b
      nuget-key;NuGet API key;oy2;l43!;be
      crates-token;crates.io token;cio;a32!;bem
      docker-token;Docker personal token;dckr_pat_;s20;
      docker-org;Docker organisation token;dckr_oat_;s20;
      age-key;age secret key;AGE-SECRET-KEY-1;u50;
      tailscale-key;Tailscale key;tskey-;s20;b
      sourcegraph-token;Sourcegraph token;sgp_;w40;b
      dropbox-token;Dropbox token;sl.;s100;b
      facebook-token;Facebook token;EAA;a90;b
      twitter-bearer;X (Twitter) bearer token;AAAAAAAAAAAAAAAAAAAA;q40;bm
      twitch-token;Twitch chat token;oauth:;l30!;be
      pinterest-token;Pinterest token;pina_;w30;b
      maxmind-key;MaxMind license key;_mmk;;<w30e
      deno-token;Deno Deploy token;ddp_;a30;b
      stytch-live;Stytch secret;secret-live-;q30;
      stytch-test;Stytch test secret;secret-test-;q30;
      """;

  private TokenCatalog() {}
}
